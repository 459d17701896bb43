using System.Text.Json;

namespace Donmai.Worker.Providers.Codex;

/// <summary>Hears what the other side of a connection says by itself, in order, on the reader's thread: it must not wait.</summary>
internal interface IJsonRpcPeer
{
    /// <summary>A notification.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="parameters">Its parameters, valid during the call.</param>
    void Notified(string method, JsonElement parameters);

    /// <summary>A request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="parameters">Its parameters, valid during the call.</param>
    /// <returns>The result as JSON, or <see langword="null"/> when the method is not known here.</returns>
    string? Asked(string method, JsonElement parameters);
}
