package sheet

import (
	"bytes"
	"compress/flate"
	"hash/crc32"
	"runtime"
	"sync"
)

// packer compresses a sheet in pieces of equal size, several at a time. Each
// piece is a deflate stream that ends on a byte and is not the last; pieces
// joined in order, with one empty last piece, are one stream. The sizes of the
// pieces do not depend on the machine, so neither do the bytes.
type packer struct {
	open   []byte
	pieces []*piece
	slots  chan struct{}
	crc    uint32
	size   uint64
}

// piece is one stretch of a sheet, compressed once ready is closed.
type piece struct {
	packed []byte
	err    error
	ready  chan struct{}
}

const pieceBytes = 512 << 10

var flaters = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, flate.BestSpeed) // fails for an unknown level only
	return w
}}

var pieceBuffers = sync.Pool{New: func() any { return make([]byte, 0, pieceBytes+64<<10) }}

func newPacker() *packer {
	return &packer{open: pieceBuffers.Get().([]byte)[:0], slots: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)))}
}

// full reports whether enough has gathered to be handed on.
func (p *packer) full() bool { return len(p.open) >= pieceBytes }

// hand starts compressing what has gathered; it waits when every core is busy.
func (p *packer) hand() {
	text := p.open
	p.crc = crc32.Update(p.crc, crc32.IEEETable, text)
	p.size += uint64(len(text))
	one := &piece{ready: make(chan struct{})}
	p.pieces = append(p.pieces, one)
	p.open = pieceBuffers.Get().([]byte)[:0]
	p.slots <- struct{}{}
	go func() {
		defer func() { <-p.slots; close(one.ready) }()
		one.packed, one.err = deflate(text, false)
		pieceBuffers.Put(text[:0]) //nolint:staticcheck // a slice header is small beside what it saves
	}()
}

// finish compresses the rest and gives the whole stream in order.
func (p *packer) finish() ([][]byte, error) {
	if len(p.open) > 0 {
		p.hand()
	}
	var out [][]byte
	for _, one := range p.pieces {
		<-one.ready
		if one.err != nil {
			return nil, one.err
		}
		out = append(out, one.packed)
	}
	last, err := deflate(nil, true)
	return append(out, last), err
}

// packedBuffers hold a piece while its packed size is not known, so that what
// is kept until the end is no larger than it has to be.
var packedBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func deflate(text []byte, last bool) ([]byte, error) {
	b := packedBuffers.Get().(*bytes.Buffer)
	defer packedBuffers.Put(b)
	b.Reset()
	w := flaters.Get().(*flate.Writer)
	defer flaters.Put(w)
	w.Reset(b)
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	end := w.Flush
	if last {
		end = w.Close
	}
	err := end()
	return bytes.Clone(b.Bytes()), err
}
