namespace Donmai.Core.Daemon;

/// <summary>An identity trusted to sign releases (daemon-runtime.md §2.3 <c>autoUpdate.signers[]</c>, §12.3).</summary>
/// <param name="Issuer">Issuer of the certificate's identity, compared exactly.</param>
/// <param name="San">Subject, compared exactly; or <see langword="null"/>.</param>
/// <param name="SanPattern">Regular expression the whole subject must match (<c>sanRegex</c>); or <see langword="null"/>.</param>
public sealed record UpdateSigner(string Issuer, string? San, string? SanPattern);
