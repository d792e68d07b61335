package store

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// A recovery code is 160 random bits and 20 bits of checksum as nine groups of
// four, in an alphabet without I, L, O and U, made to be printed and typed back.
const (
	recoverySize     = 20 // bytes
	recoveryLetters  = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	recoveryCheckLen = 4
	recoveryLen      = recoverySize*8/5 + recoveryCheckLen
)

var recoveryBase32 = base32.NewEncoding(recoveryLetters).WithPadding(base32.NoPadding)

func newRecovery() []byte {
	secret := make([]byte, recoverySize)
	rand.Read(secret) // never fails (crypto/rand)
	return secret
}

func recoveryCheck(secret []byte) string {
	sum := sha256.Sum256(append([]byte("kindred/recovery-code/1"), secret...))
	return recoveryBase32.EncodeToString(sum[:5])[:recoveryCheckLen]
}

// recoveryText prints a code: "7K2M-…-…", 36 letters and digits.
func recoveryText(secret []byte) string {
	s := recoveryBase32.EncodeToString(secret) + recoveryCheck(secret)
	var groups []string
	for ; len(s) > 0; s = s[4:] {
		groups = append(groups, s[:4])
	}
	return strings.Join(groups, "-")
}

// parseRecovery reads a code as typed: any case and grouping, O for 0, I or L
// for 1. The error is ErrRecoveryTyped.
func parseRecovery(text string) ([]byte, error) {
	var b strings.Builder
	for _, r := range strings.ToUpper(text) {
		switch r {
		case ' ', '-', '\t', '\n', '\r', '\u2010', '\u2011', '\u2013', '\u00a0':
		case 'O':
			b.WriteByte('0')
		case 'I', 'L':
			b.WriteByte('1')
		default:
			b.WriteRune(r)
		}
	}
	s := b.String()
	if len(s) != recoveryLen {
		return nil, ErrRecoveryTyped
	}
	secret, err := recoveryBase32.DecodeString(s[:recoveryLen-recoveryCheckLen])
	if err != nil || recoveryCheck(secret) != s[recoveryLen-recoveryCheckLen:] {
		return nil, ErrRecoveryTyped
	}
	return secret, nil
}
