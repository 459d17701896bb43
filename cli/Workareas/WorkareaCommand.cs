using System.CommandLine;

namespace Donmai.Cli.Workareas;

/// <summary><c>donmai workarea</c>: the trees agents worked in.</summary>
internal static class WorkareaCommand
{
    public static Command Create() =>
        new("workarea", "The trees agents work in, and those they left.")
        {
            WorkareaListCommand.Create(),
            WorkareaShowCommand.Create(),
            WorkareaDiffCommand.Create(),
            WorkareaRestoreCommand.Create(),
            PoolEvictCommand.Create(),
            WorkareaRemoveCommand.Create(),
        };
}
