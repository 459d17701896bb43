using System.CommandLine;
using System.CommandLine.Invocation;

namespace Donmai.Cli;

/// <summary><c>--version</c>: the program and the engine it runs on.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine("donmai " + ProgramVersion.Text);
        return ExitCode.Done;
    }
}
