package redisbackend

var CommandLine = commandLine
