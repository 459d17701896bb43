using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Orleans.Serialization;

/// <summary>Exceptions of types that nobody has marked with [GenerateSerializer], on the wire.</summary>
internal static class UnmarkedExceptions
{
    public static void Write(WireWriter writer, Exception exception)
    {
        writer.Text(exception.GetType().Assembly.GetName().Name!);
        writer.Text(exception.GetType().FullName!);
        writer.Text(exception.Message);
        writer.Write(exception.InnerException);
        writer.Text(exception.StackTrace ?? "");
    }

    public static Exception Read(WireReader reader)
    {
        var (assembly, type, message) = (reader.Text(), reader.Text(), reader.Text());
        var (inner, stackTrace) = (reader.Read<Exception?>(), reader.Text());
        var exception = Construct(Find(assembly, type), message, inner) ?? new UnavailableExceptionFallbackException(type, message, inner);
        return stackTrace.Length == 0 ? exception : ExceptionDispatchInfo.SetRemoteStackTrace(exception, stackTrace);
    }

    /// <summary>Only types of assemblies that are loaded anyway: nobody makes this process load one.</summary>
    private static Type? Find(string assemblyName, string typeName)
    {
        var assembly = Array.Find(AppDomain.CurrentDomain.GetAssemblies(), loaded => loaded.GetName().Name == assemblyName);
        return assembly?.GetType(typeName) is { } type && type.IsAssignableTo(typeof(Exception)) && !type.IsAbstract ? type : null;
    }

    private static Exception? Construct(Type? type, string message, Exception? inner)
    {
        try
        {
            return (type?.GetConstructor([typeof(string), typeof(Exception)])?.Invoke([message, inner])
                ?? type?.GetConstructor([typeof(string)])?.Invoke([message])) as Exception;
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }
}
