// Bottom halves were off here.
@lock_bh_${n}@
expression lock;
@@
 ${fn}(...)
 {
 <...
(
-spin_lock(lock)
+spin_lock_bh(lock)
|
-spin_unlock(lock)
+spin_unlock_bh(lock)
)
 ...>
 }
