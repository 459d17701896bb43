namespace Donmai.Grains.Workareas;

/// <summary>Where a member of the pool is in its life (workareas.md §1).</summary>
[GenerateSerializer, Alias("donmai.PoolSeedStatus")]
internal enum PoolSeedStatus
{
    /// <summary>Being cloned.</summary>
    Warming,

    /// <summary>Can be acquired.</summary>
    Ready,

    /// <summary>Held by sessions.</summary>
    Acquired,

    /// <summary>Brought up to its remote before it is ready again.</summary>
    Releasing,

    /// <summary>What it depends on has changed, or it is too old; waits to be cloned anew.</summary>
    Invalid,

    /// <summary>About to be deleted.</summary>
    Retired,
}
