"""x"""
def is_place(text: str) -> bool:
    return False
