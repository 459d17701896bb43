namespace Donmai.Core.Sessions.Templates;

/// <summary>A template of prompts cannot be used; the message says which, where in it, and why.</summary>
/// <param name="message">What is wrong.</param>
public sealed class PromptTemplateException(string message) : Exception(message);
