using System.Text.Encodings.Web;
using System.Text.Json;

namespace Donmai.Silo.Gateway;

/// <summary>How the gateway writes JSON: as <see cref="ControlApiJson"/> says, and without escapes that only HTML needs.</summary>
internal static class GatewayJson
{
    /// <summary>Metadata of everything that crosses the control API.</summary>
    public static ControlApiJson Context { get; } =
        new(new JsonSerializerOptions(ControlApiJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
