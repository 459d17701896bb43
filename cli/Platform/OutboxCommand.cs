using System.CommandLine;

namespace Donmai.Cli.Platform;

/// <summary><c>donmai outbox</c>: what sessions have still to tell the platform.</summary>
internal static class OutboxCommand
{
    public static Command Create() =>
        new("outbox", "Results of sessions that the platform does not have yet.")
        {
            OutboxListCommand.Create(), OutboxRetryCommand.Create(), OutboxDiscardCommand.Create(),
        };
}
