using System.Text.Json;
using Donmai.Sessions;

namespace Donmai.Worker.Sessions;

/// <summary>Reads the detail from a file (<c>--detail-file</c>).</summary>
/// <param name="path">The file.</param>
internal sealed class DetailFile(string path) : ISessionDetailSource
{
    /// <inheritdoc/>
    public async Task<SessionDetail> Read(TimeSpan attemptTimeout, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync(file, ControlApiJson.Default.SessionDetail, cancellationToken)
                ?? throw new PreflightException($"the detail file '{path}' holds no session detail");
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PreflightException($"the detail file '{path}' cannot be read: {unusable.Message}");
        }
    }

    /// <summary>A file hears nothing.</summary>
    public Task<string?> Acknowledge(string deliveryId, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
