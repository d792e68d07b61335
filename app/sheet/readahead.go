package sheet

import "io"

// readAhead unpacks beside the scanning: one goroutine inflates into a few
// buffers while another core reads cells out of them.
type readAhead struct {
	full  chan aheadBlock
	empty chan []byte
	stop  chan struct{}
	done  chan struct{}
	src   io.ReadCloser
	now   aheadBlock
	rest  []byte
}

type aheadBlock struct {
	data []byte
	err  error
}

const (
	aheadBlocks = 4
	aheadBytes  = 128 << 10
)

func newReadAhead(src io.ReadCloser) *readAhead {
	r := &readAhead{
		full: make(chan aheadBlock, aheadBlocks), empty: make(chan []byte, aheadBlocks),
		stop: make(chan struct{}), done: make(chan struct{}), src: src,
	}
	for range aheadBlocks {
		r.empty <- make([]byte, aheadBytes)
	}
	go r.run()
	return r
}

func (r *readAhead) run() {
	defer close(r.done)
	for {
		var buf []byte
		select {
		case buf = <-r.empty:
		case <-r.stop:
			return
		}
		n, err := io.ReadFull(r.src, buf[:aheadBytes])
		if err == io.ErrUnexpectedEOF {
			err = io.EOF // the last block; a part that is cut off says so itself
		}
		select {
		case r.full <- aheadBlock{buf[:n], err}:
		case <-r.stop:
			return
		}
		if err != nil {
			return
		}
	}
}

// Read gives what was unpacked; the source's error comes after its last bytes.
func (r *readAhead) Read(p []byte) (int, error) {
	for len(r.rest) == 0 {
		if r.now.err != nil {
			return 0, r.now.err
		}
		if r.now.data != nil {
			r.empty <- r.now.data[:cap(r.now.data)]
		}
		r.now = <-r.full
		r.rest = r.now.data
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// Close ends the unpacking and closes the source.
func (r *readAhead) Close() error {
	close(r.stop)
	<-r.done
	return r.src.Close()
}
