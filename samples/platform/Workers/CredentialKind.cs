namespace Donmai.FakePlatform.Workers;

/// <summary>What a request proved itself with.</summary>
public enum CredentialKind
{
    /// <summary>No <c>Authorization</c> header.</summary>
    None,

    /// <summary>A registration token that is known.</summary>
    Registration,

    /// <summary>The present runtime token of a worker.</summary>
    Runtime,

    /// <summary>A runtime token that ended.</summary>
    Expired,

    /// <summary>Something else.</summary>
    Unknown,
}
