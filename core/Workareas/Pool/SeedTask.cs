using Donmai.Sessions;
using Donmai.Workareas;

namespace Donmai.Core.Workareas.Pool;

/// <summary>Work to be done on a member of the pool.</summary>
public sealed record SeedTask
{
    /// <summary>The machine whose pool it is.</summary>
    public required string Machine { get; init; }

    /// <summary>Id of the member.</summary>
    public required string MemberId { get; init; }

    /// <summary>Number of its directory.</summary>
    public required int Number { get; init; }

    /// <summary>What is done.</summary>
    public required SeedWork Work { get; init; }

    /// <summary>Its repository, normalised: work on members of one repository is done one after the other.</summary>
    public required string Repository { get; init; }

    /// <summary>What git clones.</summary>
    public required string CloneSource { get; init; }

    /// <summary>How it is cloned.</summary>
    public required ProjectCheckout Checkout { get; init; }

    /// <summary>How long to wait before it is begun.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Whether the remote has to be asked when the member is checked.</summary>
    public bool IsDue { get; init; } = true;
}
