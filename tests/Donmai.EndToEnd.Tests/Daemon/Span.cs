namespace Donmai.EndToEnd.Tests.Daemon;

/// <summary>One step of a trace, as a collector received it.</summary>
internal sealed record Span(string Service, string TraceId, string SpanId, string ParentId, string Name);
