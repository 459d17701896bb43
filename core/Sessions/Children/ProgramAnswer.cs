namespace Donmai.Core.Sessions.Children;

/// <summary>What a program said when it was asked something.</summary>
public sealed record ProgramAnswer
{
    /// <summary>How it ended; <see langword="null"/> when it was not started, or had not ended when its time was over.</summary>
    public ChildExit? Exit { get; init; }

    /// <summary>Its standard output, as far as it was kept.</summary>
    public string Output { get; init; } = "";

    /// <summary>Why it could not be started; <see langword="null"/> when it was.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether it ran and had not ended when its time was over; it was killed then.</summary>
    public bool WasSilent => Exit is null && Refusal is null;

    /// <summary>Whether it ended by itself with code 0.</summary>
    public bool Succeeded => Exit is { Succeeded: true };
}
