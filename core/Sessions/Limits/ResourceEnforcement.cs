namespace Donmai.Core.Sessions.Limits;

/// <summary>How the limits of sessions are enforced on this machine, in words for people (daemon-runtime.md §7).</summary>
/// <param name="Memory">What holds a session to its memory.</param>
/// <param name="Cpu">What holds a session to its processors.</param>
/// <param name="Obstacle">Why control groups, which would be exact, are not used; <see langword="null"/> when they are.</param>
public sealed record ResourceEnforcement(string Memory, string Cpu, string? Obstacle)
{
    /// <summary>The word for what is not enforced at all.</summary>
    public const string None = "not enforced";

    /// <summary>Whether both are enforced by control groups.</summary>
    public bool IsExact => Obstacle is null;
}
