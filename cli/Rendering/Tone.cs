namespace Donmai.Cli.Rendering;

/// <summary>What a piece of text is, as far as its look is concerned.</summary>
internal enum Tone
{
    Plain,
    Quiet,
    Strong,
    Name,
    Good,
    Warning,
    Bad,
    Added,
    Removed,
}
