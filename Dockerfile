# syntax=docker/dockerfile:1
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags=-s -o /sessionlab . && mkdir /data

FROM scratch
# For stores that are reached by TLS.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /sessionlab /sessionlab
# The server runs as nobody in particular, and writes to /data alone.
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
ENV SESSIONLAB_ADDR=0.0.0.0:8080 SESSIONLAB_DATA=/data
EXPOSE 8080
VOLUME /data
ENTRYPOINT ["/sessionlab"]
