namespace Orleans.Serialization;

/// <summary>Stands for an exception whose type does not exist on this side of the wire.</summary>
[GenerateSerializer]
public sealed class UnavailableExceptionFallbackException(string exceptionType, string message, Exception? innerException)
    : Exception($"{exceptionType}: {message}", innerException)
{
    [Id(0)]
    public string ExceptionType { get; private set; } = exceptionType;
}
