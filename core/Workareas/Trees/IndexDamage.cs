namespace Donmai.Core.Workareas.Trees;

/// <summary>An index cannot be used and is made again; no answer of the product shows it.</summary>
/// <param name="message">What is wrong.</param>
internal sealed class IndexDamage(string message) : Exception(message);
