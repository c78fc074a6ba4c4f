package xlsform

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

const (
	longest = 4000 // bytes of an expression
	deepest = 40   // of what stands within parentheses and functions
)

// expression is what a cell says, before anything is known of the items: XPath's small part that forms use.
type expression struct {
	op     string // "and", "or", a comparison, "call", "ref", "self", "text", "number"
	name   string // of a call or a reference
	text   string
	number float64
	args   []expression
}

type parser struct {
	tokens []string
	depth  int
}

var errEnds = errors.New("the expression ends too early")

// parse reads an expression.
func parse(text string) (expression, error) {
	if len(text) > longest {
		return expression{}, fmt.Errorf("an expression has at most %d bytes", longest)
	}
	tokens, err := split(text)
	if err != nil {
		return expression{}, err
	}
	p := &parser{tokens: tokens}
	e, err := p.or()
	if err == nil && len(p.tokens) > 0 {
		err = fmt.Errorf("%q is not expected here", p.tokens[0])
	}
	return e, err
}

// split makes tokens: ${names}, 'texts' and "texts" with their quotes, numbers, words, signs.
func split(text string) (tokens []string, err error) {
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		n := 0
		switch c := text[0]; {
		case strings.HasPrefix(text, "${"):
			n = strings.IndexByte(text, '}') + 1
		case c == '\'' || c == '"':
			n = strings.IndexByte(text[1:], c) + 2
			if n == 1 {
				n = 0
			}
		case strings.HasPrefix(text, "!=") || strings.HasPrefix(text, "<=") || strings.HasPrefix(text, ">="):
			n = 2
		case isDigit(c) || c == '.' && len(text) > 1 && isDigit(text[1]):
			for n < len(text) && (isDigit(text[n]) || text[n] == '.') {
				n++
			}
		case isLetter(c):
			for n < len(text) && (isLetter(text[n]) || isDigit(text[n]) || text[n] == '-' || text[n] == '_' || text[n] == ':') {
				n++
			}
		case strings.IndexByte("()=<>,.-", c) >= 0:
			n = 1
		default:
			return nil, fmt.Errorf("%q is not understood", firstOf(text))
		}
		if n == 0 {
			return nil, errEnds
		}
		tokens, text = append(tokens, text[:n]), text[n:]
	}
	return tokens, nil
}

func firstOf(text string) string {
	for n, r := range text {
		if n > 0 && (unicode.IsSpace(r) || n > 20) {
			return text[:n]
		}
	}
	return text
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func (p *parser) peek() string {
	if len(p.tokens) == 0 {
		return ""
	}
	return p.tokens[0]
}

func (p *parser) take() string {
	t := p.peek()
	if t != "" {
		p.tokens = p.tokens[1:]
	}
	return t
}

func (p *parser) or() (expression, error) { return p.chain("or", p.and) }

func (p *parser) and() (expression, error) { return p.chain("and", p.comparison) }

func (p *parser) chain(word string, part func() (expression, error)) (expression, error) {
	e, err := part()
	for err == nil && p.peek() == word {
		p.take()
		var next expression
		if next, err = part(); e.op != word {
			e = expression{op: word, args: []expression{e}}
		}
		e.args = append(e.args, next)
	}
	return e, err
}

func (p *parser) comparison() (expression, error) {
	left, err := p.operand()
	if err != nil {
		return left, err
	}
	switch p.peek() {
	case "=", "!=", "<", "<=", ">", ">=":
		op := p.take()
		right, err := p.operand()
		return expression{op: op, args: []expression{left, right}}, err
	}
	return left, nil
}

func (p *parser) operand() (expression, error) {
	if p.depth++; p.depth > deepest {
		return expression{}, fmt.Errorf("parentheses stand within one another at most %d deep", deepest)
	}
	defer func() { p.depth-- }()
	switch t := p.take(); {
	case t == "":
		return expression{}, errEnds
	case t == "(":
		e, err := p.or()
		if err == nil && p.take() != ")" {
			err = errors.New("a parenthesis does not close")
		}
		return e, err
	case t == ".":
		return expression{op: "self"}, nil
	case t == "-":
		e, err := p.operand()
		if err == nil && e.op != "number" {
			err = errors.New("only a number is negative")
		}
		e.number = -e.number
		return e, err
	case strings.HasPrefix(t, "${"):
		return expression{op: "ref", name: strings.TrimSpace(t[2 : len(t)-1])}, nil
	case t[0] == '\'' || t[0] == '"':
		return expression{op: "text", text: t[1 : len(t)-1]}, nil
	case isDigit(t[0]) || t[0] == '.':
		n, err := strconv.ParseFloat(t, 64)
		if err != nil {
			err = fmt.Errorf("%q is no number", t)
		}
		return expression{op: "number", number: n, text: t}, err
	case isLetter(t[0]) && p.peek() == "(":
		return p.call(t)
	default:
		return expression{}, fmt.Errorf("%q is not expected here", t)
	}
}

func (p *parser) call(name string) (expression, error) {
	e := expression{op: "call", name: name}
	p.take()
	for p.peek() != ")" {
		arg, err := p.or()
		if err != nil {
			return e, err
		}
		e.args = append(e.args, arg)
		if p.peek() == "," {
			p.take()
		} else if p.peek() != ")" {
			return e, errors.New("a parenthesis does not close")
		}
	}
	p.take()
	return e, nil
}
