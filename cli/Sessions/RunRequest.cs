namespace Donmai.Cli.Sessions;

/// <summary>What <c>donmai run</c> was asked.</summary>
internal sealed record RunRequest
{
    /// <summary>The repository.</summary>
    public required RunRepository Repository { get; init; }

    /// <summary>What the agent is to do.</summary>
    public required string Prompt { get; init; }

    /// <summary>Branch to work on.</summary>
    public string? Branch { get; init; }

    /// <summary>Agent to use; otherwise routing chooses.</summary>
    public string? Provider { get; init; }

    /// <summary>Model the agent is to use.</summary>
    public string? Model { get; init; }

    /// <summary>How hard the model is to think.</summary>
    public string? Effort { get; init; }

    /// <summary>Longest life of the session; <see langword="null"/> leaves it to the daemon.</summary>
    public TimeSpan? MaxDuration { get; init; }
}
