namespace Donmai.Worker.Providers.Processes;

/// <summary>One line of a program's output, or the notice that one was too long.</summary>
/// <param name="Text">The line without its end; empty when it was too long.</param>
/// <param name="SkippedBytes">Length of a line that was too long to keep; otherwise 0.</param>
internal sealed record OutputLine(string Text, long SkippedBytes = 0);
