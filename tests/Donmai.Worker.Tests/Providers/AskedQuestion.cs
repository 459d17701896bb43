namespace Donmai.Worker.Tests.Providers;

/// <summary>A request that a fake server got.</summary>
internal sealed record AskedQuestion(string Question, string Body, string? Authorization, string? Directory);
