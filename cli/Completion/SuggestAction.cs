using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Donmai.Cli.Completion;

/// <summary>
/// <c>donmai [suggest] "donmai session sh"</c>: what may stand at the end of that line, one suggestion a line with its meaning behind a tab.
/// Never fails: a shell has no place for a complaint.
/// </summary>
internal sealed class SuggestAction : AsynchronousCommandLineAction
{
    // Spellings of --help that nobody needs to be told.
    private static readonly string[] Unspoken = ["-?", "/?", "-h", "/h"];

    public override bool ClearsParseErrors => true;

    public override async Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        var line = parseResult.Tokens.LastOrDefault(static token => token.Type != TokenType.Directive)?.Value ?? "";
        var word = line[(line.LastIndexOf(' ') + 1)..];
        var parsed = parseResult.RootCommandResult.Command.Parse(line);
        var output = parseResult.InvocationConfiguration.Output;
        foreach (var (text, meaning) in Known(parsed, line, word))
            await output.WriteLineAsync($"{text}\t{meaning}");
        var named = Named(parsed, word);
        if (!word.StartsWith('-') && !AwaitsValue(parsed, word) && named.Count < MostNamed(parsed.CommandResult.Command))
            foreach (var id in await LiveIds.For(parsed.CommandResult.Command, cancellationToken))
                if (id.StartsWith(word, StringComparison.Ordinal) && !named.Contains(id))
                    await output.WriteLineAsync($"{id}\t");
        return ExitCode.Done;
    }

    // Options are for those who begin one.
    private static IEnumerable<(string Text, string Meaning)> Known(ParseResult parsed, string line, string word) =>
        from item in parsed.GetCompletions(line.Length)
        where item.Label.StartsWith(word, StringComparison.Ordinal)
            && (word.Length > 0 || !item.Label.StartsWith('-')) && !Unspoken.Contains(item.Label)
        select (item.Label, MeaningOf(item));

    private static string MeaningOf(CompletionItem item) => TerminalText.OneLine(item.Documentation ?? item.Detail ?? "");

    // What stands in the line already, before the word that is completed: nobody names one thing twice.
    private static List<string> Named(ParseResult parsed, string word)
    {
        var named = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(static argument => argument.Tokens).Select(static token => token.Value).ToList();
        if (word.Length > 0 && named.Count > 0)
            named.RemoveAt(named.Count - 1);
        return named;
    }

    private static long MostNamed(Command verb) => verb.Arguments.Sum(static argument => (long)argument.Arity.MaximumNumberOfValues);

    // "--repo " and "--repo x", as opposed to "--json " and "--json x".
    private static bool AwaitsValue(ParseResult parsed, string word)
    {
        var before = word.Length == 0 ? parsed.Tokens : parsed.Tokens.SkipLast(1);
        return before.LastOrDefault() is { Type: TokenType.Option } token
            && parsed.CommandResult.Command.Options.Any(option =>
                option.Arity.MinimumNumberOfValues > 0 && (option.Name == token.Value || option.Aliases.Contains(token.Value)));
    }
}
