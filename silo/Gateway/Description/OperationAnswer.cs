using Donmai.Daemon;

namespace Donmai.Silo.Gateway.Description;

/// <summary>One answer of an operation.</summary>
/// <param name="Status">Its status code.</param>
/// <param name="Text">When it is given, in Markdown.</param>
/// <param name="Type">The record it carries; <see langword="null"/> for what is none of ours.</param>
/// <param name="Example">An example of the body; empty for none.</param>
internal sealed record OperationAnswer(int Status, string Text, Type? Type, string Example = "")
{
    /// <summary>Its content type.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>The answer that is hoped for.</summary>
    public static OperationAnswer Success<T>(string text, string example, int status = 200) => new(status, text, typeof(T), example);

    /// <summary>A refusal in words, with the keys of <see cref="ErrorBody"/>.</summary>
    public static OperationAnswer Refusal(int status, string text, string example = "") => new(status, text, typeof(ErrorBody), example);

    /// <summary>A refusal in the shape of the action routes.</summary>
    public static OperationAnswer NotDone(int status, string text, string example = "") => new(status, text, typeof(DaemonActionAnswer), example);

    /// <summary>A refusal in the shape of the capacity route.</summary>
    public static OperationAnswer NotChanged(int status, string text, string example = "") => new(status, text, typeof(CapacityChangeAnswer), example);
}
