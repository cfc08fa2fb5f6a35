namespace Penstock.Pipelines.Subjects;

/// <summary>Keeps what was used last; the rest is thrown away, half at a time. Safe for use by several threads.</summary>
internal sealed class BoundedCache<TKey, TValue>(int capacity)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _lock = new();
    private Dictionary<TKey, TValue> _young = [];
    private Dictionary<TKey, TValue> _old = [];

    public TValue? Find(TKey key)
    {
        lock (_lock)
        {
            if (_young.TryGetValue(key, out TValue? value))
                return value;
            if (!_old.Remove(key, out value))
                return null;
            Put(key, value);
            return value;
        }
    }

    public void Add(TKey key, TValue value)
    {
        lock (_lock)
            Put(key, value);
    }

    public void Remove(TKey key)
    {
        lock (_lock)
        {
            _young.Remove(key);
            _old.Remove(key);
        }
    }

    private void Put(TKey key, TValue value)
    {
        if (_young.Count >= capacity / 2)
            (_old, _young) = (_young, []);
        _young[key] = value;
    }
}
