using System.Text;

namespace Donmai.Worker.Providers.Codex;

/// <summary>Cuts a line of shell into words and operators, quotes removed, redirections left out.</summary>
/// <param name="line">The line.</param>
/// <param name="nested">Takes the text of every substitution.</param>
internal sealed class ShellScanner(string line, Action<string> nested)
{
    private readonly StringBuilder _word = new();
    private readonly List<(string Text, bool IsOperator)> _found = [];
    private bool _inWord;
    private bool _isTarget;
    private int _at;

    /// <summary>Words and operators in order. What is not closed ends with the line.</summary>
    public List<(string Text, bool IsOperator)> Scan()
    {
        while (_at < line.Length)
            Step(line[_at++]);
        EndWord();
        return _found;
    }

    private void Step(char character)
    {
        switch (character)
        {
            case '\\':
                if (_at < line.Length && line[_at++] is not '\n' and var escaped)
                    Append(escaped);
                break;
            case '\'':
                Append(UntilQuote());
                break;
            case '"':
                Quoted();
                break;
            case '`':
                Substitution(Until('`'));
                break;
            case '$' when Peek() == '(':
                _at++;
                Substitution(UntilClosed());
                break;
            case ' ' or '\t':
                EndWord();
                break;
            case '#' when !_inWord:
                SkipLine();
                break;
            case '\n' or ';' or '&' or '|' or '(' or ')':
                Operator(character);
                break;
            case '<' or '>':
                Redirection();
                break;
            case '{' or '}' when !_inWord && (Peek() is ' ' or '\t' or '\n' or ';' or '\0'):
                Operator(character);
                break;
            default:
                Append(character);
                break;
        }
    }

    private char Peek() => _at < line.Length ? line[_at] : '\0';

    private void Append(char character)
    {
        _inWord = true;
        _word.Append(character);
    }

    private void Append(string text)
    {
        _inWord = true;
        _word.Append(text);
    }

    private void EndWord()
    {
        if (_inWord && !_isTarget)
            _found.Add((_word.ToString(), false));
        _isTarget &= !_inWord;
        _word.Clear();
        _inWord = false;
    }

    private void Operator(char character)
    {
        EndWord();
        _isTarget = false;
        var text = character.ToString();
        if (character is '&' or '|' && (Peek() == character || (character == '|' && Peek() == '&')))
            text += line[_at++];
        if (character == '&' && Peek() == '>')
            return;
        _found.Add((text, true));
    }

    // 2>&1, >> file, < file, <<< word: neither the number before nor the word after is an argument.
    private void Redirection()
    {
        if (_word.Length == 1 && char.IsAsciiDigit(_word[0]))
        {
            _word.Clear();
            _inWord = false;
        }

        EndWord();
        if (Peek() == '(')
        {
            _at++;
            Substitution(UntilClosed());
            return;
        }

        while (Peek() is '<' or '>' or '&' or '|')
            _at++;
        _isTarget = true;
    }

    private void Quoted()
    {
        _inWord = true;
        while (_at < line.Length && line[_at] != '"')
        {
            var character = line[_at++];
            if (character == '\\' && Peek() is '"' or '\\' or '$' or '`')
                _word.Append(line[_at++]);
            else if (character == '`')
                Substitution(Until('`'));
            else if (character == '$' && Peek() == '(')
            {
                _at++;
                Substitution(UntilClosed());
            }
            else
                _word.Append(character);
        }

        _at++;
    }

    private void Substitution(string text)
    {
        _inWord = true;
        nested(text);
    }

    private string UntilQuote() => Until('\'');

    private string Until(char end)
    {
        var from = _at;
        var to = line.IndexOf(end, from);
        if (to < 0)
            to = line.Length;
        _at = Math.Min(to + 1, line.Length);
        return line[from..to];
    }

    private string UntilClosed()
    {
        var from = _at;
        for (var depth = 1; _at < line.Length; _at++)
        {
            if (line[_at] == '\'' && line.IndexOf('\'', _at + 1) is > 0 and var quote)
                _at = quote;
            else if (line[_at] == '(')
                depth++;
            else if (line[_at] == ')' && --depth == 0)
                return line[from.._at++];
        }

        return line[from..];
    }

    private void SkipLine()
    {
        while (_at < line.Length && line[_at] != '\n')
            _at++;
    }
}
