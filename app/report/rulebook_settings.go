package report

import (
	"strings"

	"kindred/rules"
)

// settings prints what the practice and its laboratory may do in their own way.
func (b *book) settings(list []rules.SettingInfo) {
	if len(list) == 0 {
		return
	}
	b.line("\n### Local settings\n")
	b.line("What a practice and its laboratory may do in their own way. Advice that rests on one of these names it; each consultation keeps those it was assessed under.\n")
	b.line("| Setting | Question | Choices | As delivered | Why it may differ | Source |\n|---|---|---|---|---|---|")
	for _, s := range list {
		b.line("| %s `%s` | %s | %s | %s | %s | %s |", cell(s.Label), s.ID, cell(s.Question), cell(strings.Join(s.Choices, "; ")), cell(s.Default), cell(s.Help), cell(b.shortNames(s.Sources)))
	}
}
