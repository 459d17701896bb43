using System.Buffers;

namespace Donmai.Cli.Sessions;

/// <summary>Words for a POSIX shell, so that a command that is shown can be copied.</summary>
internal static class Shell
{
    private static readonly SearchValues<char> Harmless =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+:@%,=");

    /// <summary>The word, quoted when it has to be.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Harmless) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
