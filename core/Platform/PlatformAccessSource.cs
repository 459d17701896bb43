namespace Donmai.Core.Platform;

/// <summary>Gives the freshest access; asked before every attempt, so that a repeated call uses a token that was refreshed meanwhile.</summary>
/// <param name="cancellationToken">Gives the call up.</param>
public delegate ValueTask<PlatformAccess> PlatformAccessSource(CancellationToken cancellationToken);
