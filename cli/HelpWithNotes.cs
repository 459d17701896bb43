using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Donmai.Cli;

/// <summary><c>--help</c>: the usual help, then the notes of the verb.</summary>
/// <param name="notesOfProgram">Notes of the program itself.</param>
/// <param name="isAskedFor">Somebody asks for it, who need not have finished the command line.</param>
internal sealed class HelpWithNotes(string notesOfProgram, bool isAskedFor) : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();

    public override bool ClearsParseErrors => isAskedFor;

    public override int Invoke(ParseResult parseResult)
    {
        _help.Invoke(parseResult);
        var notes = parseResult.CommandResult.Command switch
        {
            RootCommand => notesOfProgram,
            NotedCommand command => command.Notes,
            _ => null,
        };
        if (notes is not null)
            parseResult.InvocationConfiguration.Output.WriteLine(Wrapped(notes, WidthOf(parseResult.InvocationConfiguration.Output)));
        return ExitCode.Done;
    }

    /// <summary>
    /// Lines that are too long, broken between words; what follows is indented as they are. A paragraph that has one is filled anew as a whole.
    /// </summary>
    internal static string Wrapped(string text, int width) => string.Join('\n', Paragraphs(text.Split('\n'), width).SelectMany(line => Broken(line, width)));

    private static int WidthOf(TextWriter output) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && Console.WindowWidth > 0 ? Console.WindowWidth : int.MaxValue;

    // Prose that does not fit, in one line; the rest as it is.
    private static IEnumerable<string> Paragraphs(string[] lines, int width)
    {
        for (var first = 0; first < lines.Length;)
        {
            var last = first;
            while (IsProse(lines[first]) && last + 1 < lines.Length && IsProse(lines[last + 1]))
                last++;
            var paragraph = lines[first..(last + 1)];
            foreach (var line in paragraph.Any(line => line.Length > width) ? [string.Join(' ', paragraph)] : paragraph)
                yield return line;
            first = last + 1;
        }
    }

    private static bool IsProse(string line) => line.Length > 0 && !line.StartsWith(' ');

    private static IEnumerable<string> Broken(string line, int width)
    {
        var indentation = line.Length - line.TrimStart().Length;
        while (line.Length > width)
        {
            var end = line.LastIndexOf(' ', width);
            if (end <= indentation)
                break; // a word that is longer than the terminal is wide
            yield return line[..end].TrimEnd();
            line = new string(' ', indentation) + line[end..].TrimStart();
        }

        yield return line;
    }
}
