namespace Donmai.Workareas;

/// <summary>Work on a member of the pool.</summary>
[GenerateSerializer, Alias("donmai.SeedWork")]
public enum SeedWork
{
    /// <summary>Clone it, in place of what there was.</summary>
    Make,

    /// <summary>Bring it up to the remote and look at what it holds.</summary>
    Check,

    /// <summary>Delete it.</summary>
    Remove,
}
