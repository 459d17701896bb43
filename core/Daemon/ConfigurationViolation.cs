using System.Globalization;

namespace Donmai.Core.Daemon;

/// <summary>One thing that is wrong with <c>daemon.yaml</c> (daemon-runtime.md §2.4).</summary>
/// <param name="Key">The key it is about, e.g. <c>projects[2].id</c>; <see langword="null"/> when it is about the text as a whole.</param>
/// <param name="Line">Line of the file, from 1; of what encloses the key where the key is missing. <see langword="null"/> when the file cannot be read.</param>
/// <param name="Message">What is wrong, naming the key, e.g. <c>projects[2].id is required</c>.</param>
public sealed record ConfigurationViolation(string? Key, int? Line, string Message)
{
    /// <summary>The violation for people, e.g. <c>line 12: projects[2].id is required</c>.</summary>
    public override string ToString() =>
        Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"line {line}: {Message}") : Message;
}
