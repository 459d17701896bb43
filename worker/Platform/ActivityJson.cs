using System.Text.Encodings.Web;
using System.Text.Json;

namespace Donmai.Worker.Platform;

/// <summary>How the arguments of tools are read and written as JSON.</summary>
internal static class ActivityJson
{
    /// <summary>An agent may nest the arguments of a tool as it likes.</summary>
    public static JsonDocumentOptions AnyDepth { get; } = new() { MaxDepth = 1000 };

    /// <summary>What every reader of JSON takes, also inside of other objects.</summary>
    public static JsonDocumentOptions UsualDepth { get; } = new() { MaxDepth = 50 };

    /// <summary>Text stays readable: the platform reads JSON, not a page.</summary>
    public static JsonWriterOptions Layout { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
