namespace Donmai.Worker.Providers.Codex;

/// <summary>The answer to something the app server asked, and what is told of it.</summary>
/// <param name="Result">The result as JSON; <see langword="null"/> when the method is not known here.</param>
/// <param name="Subtype">Sub-type of the notice.</param>
/// <param name="Message">The notice in words.</param>
internal sealed record CodexAnswer(string? Result, string Subtype, string Message);
