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
            parseResult.InvocationConfiguration.Output.WriteLine(notes);
        return ExitCode.Done;
    }
}
