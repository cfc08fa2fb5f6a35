using System.Numerics;
using System.Runtime.CompilerServices;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary>What an evaluation has left of its limits, and what it may ask of the world: the time and new ids.</summary>
internal sealed class Evaluation(EvaluationContext context)
{
    private readonly EvaluationLimits _limits = context.Limits;
    private int _steps = context.Limits.Steps;
    private int _depth;
    private int _calls;
    private long _started;

    public EvaluationContext Context { get; } = context;

    public TimeSpan RegexTimeout => _limits.RegexTimeout;

    public void Step()
    {
        if (--_steps < 0)
            throw ValueException.Security($"the expression needs more than {_limits.Steps} steps");
        if ((_steps & 63) == 0)
            Heavy();
    }

    /// <summary>To be called where something may take long that isn't counted in steps.</summary>
    public void Heavy()
    {
        if (_started == 0)
            _started = Context.Time.GetTimestamp();
        else if (Context.Time.GetElapsedTime(_started) > _limits.Time)
            throw ValueException.Security($"the expression takes longer than {_limits.Time.TotalSeconds} s");
    }

    /// <summary>To be called for each call of a built-in function.</summary>
    public void Call()
    {
        Step();
        if ((++_calls & 15) == 0)
            Heavy();
    }

    /// <summary>Counts many steps at once.</summary>
    public void Steps(long count)
    {
        if (count > _steps)
            throw ValueException.Security($"the expression needs more than {_limits.Steps} steps");
        _steps -= (int)count;
    }

    /// <summary>To be asked before a text of this length is made.</summary>
    public void Text(long length)
    {
        Growing(length);
        Steps(length >> 3);
    }

    /// <summary>To be asked while a text is growing to this length, part by part.</summary>
    public void Growing(long length)
    {
        if (length > _limits.TextLength)
            throw ValueException.Security($"the expression makes a text of more than {_limits.TextLength} characters");
    }

    /// <summary>To be asked before an integer of this many bits is made.</summary>
    public void Integer(long bits)
    {
        if (bits > _limits.IntegerBits)
            throw ValueException.Security($"the expression makes an integer of more than {_limits.IntegerBits} bits");
        Steps(bits >> 6);
    }

    public void Integer(BigInteger number) => Integer(number.GetBitLength());

    public void Enter()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_depth > _limits.Depth)
            throw new ValueException(ValueErrorKind.Recursion, $"the expression nests more than {_limits.Depth} calls");
    }

    public void Leave() => _depth--;
}
