package wire

import "strings"

// shape is one request as bytes, and what the handler should learn of it.
type shape struct {
	name string
	raw  string
	head Head
	body int64
}

func (s shape) method() string { method, _, _ := strings.Cut(s.raw, " "); return method }

var shapes = []shape{
	{
		"order, case and duplicates",
		"GET /a?b=c HTTP/1.1\r\nzeta: 1\r\nHOST: x\r\nCookie: a=1\r\nAlpha:2\r\ncookie: b=2\r\n\r\n",
		Head{"GET /a?b=c HTTP/1.1", [][2]string{{"zeta", "1"}, {"HOST", "x"}, {"Cookie", "a=1"}, {"Alpha", "2"}, {"cookie", "b=2"}}}, 0,
	},
	{
		"white space and empty values",
		"GET / HTTP/1.1\r\nHost: \t x\t \r\nEmpty:\r\nBlank:  \r\nInner: a  b:c\r\n\r\n",
		Head{"GET / HTTP/1.1", [][2]string{{"Host", "x"}, {"Empty", ""}, {"Blank", ""}, {"Inner", "a  b:c"}}}, 0,
	},
	{
		"bare LF",
		"GET /lf HTTP/1.1\nHost: x\nA: b\n\n",
		Head{"GET /lf HTTP/1.1", [][2]string{{"Host", "x"}, {"A", "b"}}}, 0,
	},
	{
		"folded value",
		"GET /fold HTTP/1.1\r\nHost: x\r\nA: b \r\n  c\r\n\t \r\n\td\r\nE:\r\n f\r\n\r\n",
		Head{"GET /fold HTTP/1.1", [][2]string{{"Host", "x"}, {"A", "b c  d"}, {"E", "f"}}}, 0,
	},
	{
		"HEAD",
		"HEAD /head HTTP/1.1\r\nHost: x\r\n\r\n",
		Head{"HEAD /head HTTP/1.1", [][2]string{{"Host", "x"}}}, 0,
	},
	{
		"body that looks like a request",
		"POST /post HTTP/1.1\r\nHost: x\r\ncontent-length: 28\r\n\r\nGET /no HTTP/1.1\r\nHost: x\r\n\r",
		Head{"POST /post HTTP/1.1", [][2]string{{"Host", "x"}, {"content-length", "28"}}}, 28,
	},
	{
		"equal lengths",
		"PUT /put HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
		Head{"PUT /put HTTP/1.1", [][2]string{{"Host", "x"}, {"Content-Length", "3"}, {"Content-Length", "3"}}}, 3,
	},
	{
		"line ends after POST",
		"POST /stray HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx\r\n\r\n",
		Head{"POST /stray HTTP/1.1", [][2]string{{"Host", "x"}, {"Content-Length", "1"}}}, 1,
	},
	{
		"body left unread",
		"PUT /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc\r\n\r",
		Head{"PUT /unread HTTP/1.1", [][2]string{{"Host", "x"}, {"Content-Length", "6"}}}, 0,
	},
	{
		"chunks with extension",
		"POST /chunks HTTP/1.1\r\nHost: x\r\ntransfer-encoding: CHUNKED\r\n\r\n4;a=b\r\nab\r\n\r\nA \r\n0123456789\r\n0\r\n\r\n",
		Head{"POST /chunks HTTP/1.1", [][2]string{{"Host", "x"}, {"transfer-encoding", "CHUNKED"}}}, 14,
	},
	{
		"chunks win over length",
		"PUT /both HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
		Head{"PUT /both HTTP/1.1", [][2]string{{"Host", "x"}, {"Content-Length", "2"}, {"Transfer-Encoding", "chunked"}}}, 5,
	},
	{
		"trailers",
		"PUT /trailers HTTP/1.1\r\nHost: x\r\nTrailer: T\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nT: GET / HTTP/1.1\r\nU: v\r\n w\r\n\r\n",
		Head{"PUT /trailers HTTP/1.1", [][2]string{{"Host", "x"}, {"Trailer", "T"}, {"Transfer-Encoding", "chunked"}}}, 1,
	},
	{
		"trailers left unread",
		"PUT /unread HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nT: u\r\n\r\n",
		Head{"PUT /unread HTTP/1.1", [][2]string{{"Host", "x"}, {"Transfer-Encoding", "chunked"}}}, 0,
	},
	{
		"HTTP/1.0 knows no chunks",
		"PUT /old HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nabcde",
		Head{"PUT /old HTTP/1.0", [][2]string{{"Connection", "keep-alive"}, {"Transfer-Encoding", "chunked"}, {"Content-Length", "5"}}}, 5,
	},
	{
		"expectation",
		"PUT /expect HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok",
		Head{"PUT /expect HTTP/1.1", [][2]string{{"Host", "x"}, {"Expect", "100-continue"}, {"Content-Length", "2"}}}, 2,
	},
	{
		"many headers",
		"GET /many HTTP/1.1\r\nHost: x\r\n" + strings.Repeat("A: b\r\n", 2000) + "\r\n",
		Head{"GET /many HTTP/1.1", append([][2]string{{"Host", "x"}}, repeat([2]string{"A", "b"}, 2000)...)}, 0,
	},
}

func repeat[T any](v T, n int) []T {
	s := make([]T, n)
	for i := range s {
		s[i] = v
	}
	return s
}
