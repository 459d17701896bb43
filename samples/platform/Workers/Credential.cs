namespace Donmai.FakePlatform.Workers;

/// <summary>What a request proved itself with, without the token.</summary>
/// <param name="Kind">Kind of token.</param>
/// <param name="WorkerId">Whose runtime token it is or was.</param>
/// <param name="Generation">The how manieth token of that worker.</param>
public sealed record Credential(CredentialKind Kind, string? WorkerId = null, int? Generation = null)
{
    /// <summary>In place of the header's value.</summary>
    public override string ToString() => Kind switch
    {
        CredentialKind.None => "",
        CredentialKind.Registration => "Bearer (registration token)",
        CredentialKind.Runtime => $"Bearer (runtime token {Generation} of {WorkerId})",
        CredentialKind.Expired => $"Bearer (expired runtime token {Generation} of {WorkerId})",
        _ => "Bearer (unknown token)",
    };
}
