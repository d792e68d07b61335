package rules

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// This file is the only one that knows the YAML library. Everything else sees
// nodes with their text as written and where they stand, so that "08", "no"
// and "2026-11-01" are never guessed into numbers, booleans or dates.

// nodeKind is what a YAML node is.
type nodeKind uint8

const (
	scalarNode nodeKind = iota
	listNode
	mapNode
)

// node is one YAML node.
type node struct {
	kind nodeKind
	text string // of a scalar, as written without quotes
	null bool   // an empty scalar: "key:" with nothing after it
	file string
	line int
	col  int

	items []*node // of a list
	pairs []pair  // of a mapping, in file order
}

// pair is one "key: value" of a mapping.
type pair struct {
	key   *node
	value *node
}

// get is the value under a key, nil when it is not there.
func (n *node) get(key string) *node {
	if n == nil {
		return nil
	}
	for i := range n.pairs {
		if n.pairs[i].key.text == key {
			return n.pairs[i].value
		}
	}
	return nil
}

// parseYAML reads a file into nodes; what is wrong goes to p, and nil is
// returned when nothing could be read.
func parseYAML(file string, data []byte, p *loadProblems) *node {
	if n, ok := readPlainYAML(file, string(data)); ok {
		return n
	}
	return parseWithLibrary(file, data, p)
}

func parseWithLibrary(file string, data []byte, p *loadProblems) *node {
	tree, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		line, col, text := 1, 1, err.Error()
		var syntax *yaml.SyntaxError
		if errors.As(err, &syntax) && syntax.Token != nil && syntax.Token.Position != nil {
			line, col = syntax.Token.Position.Line, syntax.Token.Position.Column
			text = syntax.Message
		}
		if i := strings.IndexByte(text, '\n'); i >= 0 {
			text = text[:i]
		}
		p.add(file, line, col, "this is not YAML: %s", text)
		return nil
	}
	for _, doc := range tree.Docs {
		if doc.Body == nil || doc.Body.Type() == ast.CommentType {
			continue
		}
		c := &yamlConverter{file: file, problems: p, anchors: map[string]ast.Node{}}
		return c.convert(doc.Body)
	}
	return &node{file: file, line: 1, col: 1, null: true}
}

// yamlConverter turns the library's tree into nodes.
type yamlConverter struct {
	file     string
	problems *loadProblems
	anchors  map[string]ast.Node
	depth    int
}

func (c *yamlConverter) at(t *token.Token) *node {
	n := &node{file: c.file, line: 1, col: 1}
	if t != nil && t.Position != nil {
		n.line, n.col = t.Position.Line, t.Position.Column
	}
	return n
}

func (c *yamlConverter) convert(in ast.Node) *node {
	c.depth++
	defer func() { c.depth-- }()
	if c.depth > 64 {
		n := c.at(in.GetToken())
		c.problems.at(n, "this is nested too deeply")
		n.null = true
		return n
	}
	switch v := in.(type) {
	case *ast.MappingNode:
		n := c.at(v.GetToken())
		n.kind = mapNode
		if len(v.Values) > 0 {
			n.line, n.col = c.at(v.Values[0].Key.GetToken()).line, c.at(v.Values[0].Key.GetToken()).col
		}
		for _, value := range v.Values {
			c.pair(n, value)
		}
		return n
	case *ast.MappingValueNode:
		n := c.at(v.Key.GetToken())
		n.kind = mapNode
		c.pair(n, v)
		return n
	case *ast.SequenceNode:
		n := c.at(v.GetToken())
		n.kind = listNode
		for _, value := range v.Values {
			n.items = append(n.items, c.convert(value))
		}
		return n
	case *ast.AnchorNode:
		c.anchors[v.Name.GetToken().Value] = v.Value
		return c.convert(v.Value)
	case *ast.AliasNode:
		name := v.Value.GetToken().Value
		target, ok := c.anchors[name]
		if !ok {
			n := c.at(v.GetToken())
			n.null = true
			c.problems.at(n, "no anchor &%s stands above this", name)
			return n
		}
		return c.convert(target)
	case *ast.NullNode:
		n := c.at(v.GetToken())
		n.null = true
		return n
	case *ast.LiteralNode:
		n := c.at(v.GetToken())
		n.text = strings.TrimSpace(v.Value.Value)
		return n
	case *ast.StringNode:
		n := c.at(v.GetToken())
		n.text = v.Value
		return n
	case *ast.TagNode:
		return c.convert(v.Value)
	default:
		n := c.at(in.GetToken())
		n.text = in.GetToken().Value
		return n
	}
}

func (c *yamlConverter) pair(n *node, v *ast.MappingValueNode) {
	key := c.at(v.Key.GetToken())
	key.text = v.Key.GetToken().Value
	if n.get(key.text) != nil {
		c.problems.at(key, "%q stands twice here", key.text)
		return
	}
	n.pairs = append(n.pairs, pair{key: key, value: c.convert(v.Value)})
}
