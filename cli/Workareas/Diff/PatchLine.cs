using Donmai.Cli.Rendering;

namespace Donmai.Cli.Workareas.Diff;

/// <summary>One line of a patch, without its line feed.</summary>
/// <param name="Text">The text as it stands in the patch.</param>
/// <param name="Tone">How it looks in a terminal.</param>
internal sealed record PatchLine(string Text, Tone Tone);
