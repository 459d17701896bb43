using System.Runtime.ExceptionServices;

namespace Orleans.Serialization.Invocation;

/// <summary>The outcome of a call: a result or an exception.</summary>
public abstract class Response : IDisposable
{
    public static Response Completed { get; } = new ResultResponse(null);

    public abstract object? Result { get; set; }

    public abstract Exception? Exception { get; set; }

    public static Response FromResult<TResult>(TResult value) => new ResultResponse(value);

    public static Response FromException(Exception exception) => new ExceptionResponse(exception);

    public T? GetResult<T>() => (T?)Result;

    public void Dispose() => GC.SuppressFinalize(this);

    private sealed class ResultResponse(object? result) : Response
    {
        public override object? Result { get; set; } = result;

        public override Exception? Exception
        {
            get => null;
            set => throw new InvalidOperationException("The call has a result.");
        }
    }

    private sealed class ExceptionResponse(Exception exception) : Response
    {
        public override object? Result
        {
            get
            {
                ExceptionDispatchInfo.Throw(Exception!);
                return null;
            }
            set => throw new InvalidOperationException("The call has failed.");
        }

        public override Exception? Exception { get; set; } = exception;
    }
}
