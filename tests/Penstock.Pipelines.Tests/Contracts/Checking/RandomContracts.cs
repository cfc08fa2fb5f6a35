using System.Globalization;
using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Drift;

namespace Penstock.Pipelines.Tests.Contracts.Checking;

/// <summary>Makes contracts, drift policies and records, good and bad, from a seed.</summary>
internal sealed class RandomContracts(int seed)
{
    private static readonly LogicalType[] Types = Enum.GetValues<LogicalType>();
    private static readonly string[] Names = ["a", "b", "c", "dé", "e\"f", "g"];

    private readonly Random _random = new(seed);

    public Contract Contract() => new("fuzz", "1", Properties(0));

    public DriftPolicy Policy() => new(Mode(4), Mode(4), _random.Next(2) == 0 ? DriftMode.Evolve : DriftMode.DiscardRow);

    /// <summary>A record for a contract: most of its values fit; some don't, some are missing, some are more.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="id">Its id; null for none.</param>
    public string Record(Contract contract, string? id)
    {
        var text = new StringBuilder();
        Object(text, contract.Properties, id);
        return text.ToString();
    }

    /// <summary>A record, or something that is none.</summary>
    public string Line(Contract contract, string? id) => _random.Next(30) switch
    {
        0 => "[1]",
        1 => "{",
        2 => "not JSON",
        3 => Record(contract, id)[..^1],
        _ => Record(contract, id),
    };

    private DriftMode Mode(int modes) => (DriftMode)_random.Next(modes);

    private List<ContractProperty> Properties(int depth)
    {
        var properties = new List<ContractProperty>();
        foreach (string name in Names.Where(_ => _random.Next(2) == 0))
            properties.Add(Property(name, depth));
        return properties;
    }

    private ContractProperty Property(string name, int depth)
    {
        LogicalType type = Types[_random.Next(Types.Length)];
        return new ContractProperty
        {
            Name = name,
            Type = type,
            Required = _random.Next(3) == 0,
            Options = type is LogicalType.Integer or LogicalType.Number && _random.Next(2) == 0
                ? new ValueOptions { Least = new Bound($"{_random.Next(-50, 10)}", _random.Next(2) == 0), Most = new Bound($"{_random.Next(20, 90)}.5", _random.Next(2) == 0) }
                : ValueOptions.None,
            Properties = type == LogicalType.Object && depth < 2 ? Properties(depth + 1) : [],
            Items = type == LogicalType.Array && depth < 2 && _random.Next(2) == 0 ? Property("", depth + 1) : null,
        };
    }

    private void Object(StringBuilder text, IReadOnlyList<ContractProperty> properties, string? id)
    {
        text.Append('{');
        var members = new List<Action>();
        if (id is not null)
            members.Add(() => text.Append(CultureInfo.InvariantCulture, $"\"id\":\"{id}\""));
        foreach (ContractProperty property in properties.Where(_ => _random.Next(12) != 0))
            members.Add(() => Member(text, property.Name, () => Value(text, property)));
        foreach (string other in ((string[])["x", "y"]).Where(_ => _random.Next(6) == 0))
            members.Add(() => Member(text, other, () => Any(text, 0)));
        _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(members));
        for (int i = 0; i < members.Count; i++)
        {
            text.Append(i > 0 ? "," : "").Append(' ', _random.Next(2));
            members[i]();
        }

        text.Append(' ', _random.Next(2)).Append('}');
    }

    private void Member(StringBuilder text, string name, Action value)
    {
        text.Append('"').Append(name.Replace("\"", "\\\"").Replace("a", _random.Next(3) == 0 ? "\\u0061" : "a")).Append('"').Append(' ', _random.Next(2)).Append(':').Append(' ', _random.Next(2));
        value();
    }

    private void Value(StringBuilder text, ContractProperty property)
    {
        if (_random.Next(10) == 0)
        {
            Any(text, 0);
            return;
        }

        switch (property.Type)
        {
            case LogicalType.Integer:
                text.Append(_random.Next(-60, 100)).Append(_random.Next(5) == 0 ? ".0" : "");
                break;
            case LogicalType.Number:
                text.Append(CultureInfo.InvariantCulture, $"{_random.Next(-60, 100)}.{_random.Next(100)}");
                break;
            case LogicalType.Boolean:
                text.Append(_random.Next(2) == 0 ? "true" : "false");
                break;
            case LogicalType.Date:
                text.Append(CultureInfo.InvariantCulture, $"\"2026-0{_random.Next(1, 10)}-{_random.Next(10, 33)}\"");
                break;
            case LogicalType.Time:
                text.Append(CultureInfo.InvariantCulture, $"\"{_random.Next(10, 26)}:30:00\"");
                break;
            case LogicalType.Timestamp:
                text.Append(CultureInfo.InvariantCulture, $"\"2026-01-01T{_random.Next(10, 26)}:30:00{(_random.Next(5) == 0 ? "" : "Z")}\"");
                break;
            case LogicalType.Object:
                Object(text, property.Properties, id: null);
                break;
            case LogicalType.Array:
                List(text, () => Value(text, property.Items ?? new ContractProperty { Name = "", Type = LogicalType.Any }));
                break;
            default:
                Any(text, 0);
                break;
        }
    }

    private void List(StringBuilder text, Action item)
    {
        text.Append('[');
        int count = _random.Next(4);
        for (int i = 0; i < count; i++)
        {
            text.Append(i > 0 ? "," : "");
            item();
        }

        text.Append(']');
    }

    private void Any(StringBuilder text, int depth)
    {
        switch (_random.Next(depth > 2 ? 6 : 8))
        {
            case 0: text.Append("null"); break;
            case 1: text.Append("true"); break;
            case 2: text.Append(_random.Next(-5, 5)); break;
            case 3: text.Append("1e400"); break;
            case 4: text.Append("\"t\\n\\u00e9\""); break;
            case 5: text.Append("\"2026-01-01\""); break;
            case 6: List(text, () => Any(text, depth + 1)); break;
            default:
                text.Append("{\"z\":");
                Any(text, depth + 1);
                text.Append('}');
                break;
        }
    }
}
