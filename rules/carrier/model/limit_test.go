package model

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"kindred/rules"
)

func TestAFamilyTooLargeForChancesIsToldSo(t *testing.T) {
	c := &rules.Case{Date: "2026-11-23", Patient: "p"}
	for i := range maxPeople + 1 {
		c.People = append(c.People, rules.Person{ID: fmt.Sprint("p", i)})
	}
	_, err := (&Model{}).Compute(context.Background(), c)
	if err == nil || !strings.Contains(err.Error(), "1001") {
		t.Errorf("1,001 people: %v", err)
	}
}
