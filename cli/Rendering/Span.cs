namespace Donmai.Cli.Rendering;

/// <summary>A piece of a line.</summary>
/// <param name="Text">The text; free of control characters.</param>
/// <param name="Tone">What it is.</param>
internal sealed record Span(string Text, Tone Tone);
