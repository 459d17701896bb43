using System.Text.Json;

namespace Donmai.Silo.Tests.Gateway.Description;

/// <summary>One operation as the OpenAPI document has it.</summary>
internal sealed record ApiOperation(string Method, string Path, JsonElement Element)
{
    public string Title => $"{Method} {Path}";

    public string Tag => Element.GetProperty("tags")[0].GetString()!;

    /// <summary>The name by which a link in the page finds it.</summary>
    public string Anchor => new([.. Title.ToLowerInvariant().Where(static c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-').Select(static c => c is ' ' ? '-' : c)]);

    public string Text(string key) => Element.TryGetProperty(key, out var text) ? text.GetString()! : "";
}
